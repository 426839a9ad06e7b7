print("busbar")
