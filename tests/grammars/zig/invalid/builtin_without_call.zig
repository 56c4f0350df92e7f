const a = @import;
