//! Reads texts, each behind a line with its length, and prints what std.zig says of each, one a line:
//! `accepted`, `refused` and the first error, or `lenient` and the literal that parses only because
//! the parser doesn't look into literals, as the compiler does afterwards.

const std = @import("std");
const Ast = std.zig.Ast;
const gpa = std.heap.c_allocator;

// The standard library's own input and output change with each release.
extern "c" fn read(file: c_int, buffer: [*]u8, size: usize) isize;
extern "c" fn printf(format: [*:0]const u8, ...) c_int;
extern "c" fn fflush(file: ?*anyopaque) c_int;

pub fn main() void {
    const input = readAll();
    var rest = input;
    while (rest.len > 0) {
        const end = std.mem.indexOfScalar(u8, rest, '\n').?;
        const size = std.fmt.parseInt(usize, rest[0..end], 10) catch unreachable;
        judge(rest[end + 1 ..][0..size]);
        rest = rest[end + 1 + size ..];
    }
    _ = fflush(null);
}

fn readAll() []u8 {
    var buffer = gpa.alloc(u8, 1 << 16) catch unreachable;
    var size: usize = 0;
    while (true) {
        if (size == buffer.len) buffer = gpa.realloc(buffer, 2 * size) catch unreachable;
        const count = read(0, buffer.ptr + size, buffer.len - size);
        if (count <= 0) return buffer[0..size];
        size += @intCast(count);
    }
}

fn judge(text: []const u8) void {
    const source = gpa.allocSentinel(u8, text.len, 0) catch unreachable;
    @memcpy(source, text);
    defer gpa.free(source);
    const mode = if (@hasDecl(Ast, "ParseOptions")) Ast.ParseOptions{ .mode = .zig } else Ast.Mode.zig;
    var tree = Ast.parse(gpa, source, mode) catch unreachable;
    defer tree.deinit(gpa);
    if (tree.errors.len > 0) {
        const first = tree.errors[0];
        const place = tree.tokenLocation(0, first.token);
        _ = printf("refused\t%zu:%zu: %s\n", place.line + 1, place.column + 1, @tagName(first.tag).ptr);
        return;
    }
    for (tree.tokens.items(.tag), 0..) |tag, index| {
        const token = tree.tokenSlice(@intCast(index));
        if (wrong(tag, token)) |reason| {
            _ = printf("lenient\t%s\n", reason.ptr);
            return;
        }
    }
    _ = printf("accepted\n");
}

fn wrong(tag: std.zig.Token.Tag, token: []const u8) ?[:0]const u8 {
    return switch (tag) {
        .number_literal => switch (std.zig.parseNumberLiteral(token)) {
            .failure => |failure| @tagName(failure),
            else => null,
        },
        .char_literal => switch (std.zig.parseCharLiteral(token)) {
            .failure => |failure| @tagName(failure),
            .success => null,
        },
        .string_literal => wrongString(token),
        .identifier => if (token[0] == '@') wrongName(token[1..]) else null,
        else => null,
    };
}

fn wrongString(token: []const u8) ?[:0]const u8 {
    if (std.zig.string_literal.parseAlloc(gpa, token)) |bytes| {
        gpa.free(bytes);
        return null;
    } else |failure| return @errorName(failure);
}

fn wrongName(token: []const u8) ?[:0]const u8 {
    const name = std.zig.string_literal.parseAlloc(gpa, token) catch |failure| return @errorName(failure);
    defer gpa.free(name);
    if (name.len == 0) return "an empty name";
    return if (std.mem.indexOfScalar(u8, name, 0) != null) "a null byte in a name" else null;
}
