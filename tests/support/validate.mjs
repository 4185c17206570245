// Reads pages from stdin, a JSON string a line; answers each with a JSON list of faults.
import { createInterface } from "node:readline";
import { HtmlValidate, StaticConfigLoader } from "../vendor/html-validate.mjs";

const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ["html-validate:standard"] }));

for await (const line of createInterface({ input: process.stdin })) {
  const { results } = validator.validateStringSync(JSON.parse(line), "page.html");
  const faults = results.flatMap(({ messages }) => messages);
  console.log(JSON.stringify(faults.map((fault) => `${fault.line}:${fault.column} ${fault.ruleId}: ${fault.message}`)));
}
