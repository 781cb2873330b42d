from youthvoice.kit.sqlite import library as library  # before `base`: Django's takes what is there
