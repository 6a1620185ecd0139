"""Text and positions: strict JSON that remembers where everything stood, edits that keep layout, did-you-mean."""
