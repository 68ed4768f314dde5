"""What the model says when it is asked many times: producers of the data that ship with it."""
