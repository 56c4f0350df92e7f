fn f() {
    if a {} else /**/ /**/ if b {} else/**/if c {}
    async /**/ fn g() {}
    let x = async /**/ move /**/ {};
    let x = async/**/move/**/{};
    let x = async /**/ {};
    let x = async gen/**/move {};
}
