match x:
    case x,:
        pass
    case *_,:
        pass
    case x, *y, if z:
        pass
