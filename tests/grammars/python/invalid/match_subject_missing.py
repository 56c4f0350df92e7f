match :
    case a:
        pass
