if x:
                if y:
                                if z:
                                                if w:
                                                            y
