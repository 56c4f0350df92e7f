const a = if (b) c else if (d) e else |f| if (g) f else h;
const i = try try !try j;
const k = l orelse m orelse if (n) o else p orelse return q;
const r = s catch t catch |u| while (v) w else break :x y;
const z = comptime comptime for (a) |b| c else nosuspend d;
const E = fn () fn (u8) anyerror!F!?[4]G;
const H = ?if (b) I else if (c) J else comptime K;

fn f() void {
    if (a) b() else if (c) d() else if (e) return else g();
    return return if (h) return else -try if (i) j else k;
}
