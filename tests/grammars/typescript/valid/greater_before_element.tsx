const a = b > <c />;
const d = e || <f></f>;
