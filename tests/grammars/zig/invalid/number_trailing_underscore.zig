const a = 1_;
