// Every page works without this. What is better with a script, one small module each.
import { focusErrors } from "./errors.js";
import { quickExit } from "./exit.js";
import { keepLine } from "./line.js";
import { closePanes } from "./pane.js";

focusErrors();
quickExit();
keepLine();
closePanes();
