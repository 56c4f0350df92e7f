import { if } from "a";
