const all = ["\u{1F600}\x41\0", 'a"b', "line \
continued"];
