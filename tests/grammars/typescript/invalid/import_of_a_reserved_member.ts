import a = b.const;
