INDEX = ()
