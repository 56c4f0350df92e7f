import { type } from "a";
import { b, type } from "a";
import { type as c } from "a";
import { type d as e } from "a";
export { type };
export { type as f };
