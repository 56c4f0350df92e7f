const x = "\n\r\t\\\'\" \x00 \u{0} \u{10FFFF} \u{00e9}";
