// ESLint for the page's scripts: its own recommendations and what the page's style of small, plain functions asks for.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: { ...globals.browser, L: "readonly" } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 14],
      eqeqeq: "error",
      "max-lines": ["error", { max: 280 }],
      "max-lines-per-function": ["error", { max: 60, skipComments: true }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Build elements with dom.js: text must stay text." },
        { property: "outerHTML", message: "Build elements with dom.js: text must stay text." },
        { property: "insertAdjacentHTML", message: "Build elements with dom.js: text must stay text." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "TemplateLiteral TemplateLiteral",
          message: "The minifier drops white space in a template inside a template.",
        },
      ],
      "no-shadow": "error",
      "no-unused-vars": "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  // Two screens: what one module of the page does is seen at a glance.
  { files: ["mapgen/rendering/static/*.js"], rules: { "max-lines": ["error", { max: 130 }] } },
  { files: ["**/*.test.js"], languageOptions: { globals: globals.node } },
];
