fn f() {
    let a = { b };
    let c = unsafe { d };
    let e = async { g };
    let h = async move { i };
    let j = const { 1 };
    let k = 'l: { break 'l 1 };
    let m = loop { break };
}
