const A: &str = r"\";
const B: &str = r#"a "quoted" b"#;
const C: &[u8] = br##"a "# b"##;
