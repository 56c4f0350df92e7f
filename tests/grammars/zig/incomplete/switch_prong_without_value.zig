const a = switch (b) {
    1 =>