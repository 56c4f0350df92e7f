const a = <Select<string> value="a" onChange={(x) => x} />;
