import a from "a";
import * as b from "b";
import { c, d as e, default as f, "g h" as i } from "c";
import j, { k } from "d";
import "e";
import type { L } from "f";
import { type M, type N as O } from "g";
import p = require("h");
import q from "i" with { type: "json" };
