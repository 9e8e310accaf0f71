// Reads a page in MDX, and writes the HTML that React makes of it.
import { text } from "node:stream/consumers";
import { evaluate } from "@mdx-js/mdx";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import * as runtime from "react/jsx-runtime";

const { default: Page } = await evaluate(await text(process.stdin), runtime);
process.stdout.write(renderToStaticMarkup(createElement(Page)));
