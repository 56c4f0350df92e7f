if x:
                                                            y
