// The page in the system's Chromium. `cargo xtask test` serves the page and names it, and the browser, in the
// environment; to run these by hand: cargo xtask serve --dist, then
// QOD_CHROMIUM=/usr/bin/chromium npx playwright test --config tests/e2e/playwright.config.mjs
import { readFileSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const webdriver = JSON.parse(readFileSync(new URL("../../webdriver.json", import.meta.url), "utf8"));

export default defineConfig({
  testDir: ".",
  outputDir: "../../target/e2e",
  // Alone, a test may run with `test.only`; in a full run nothing may be left out unnoticed.
  forbidOnly: "QOD_BASE_URL" in process.env,
  fullyParallel: true,
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  use: {
    baseURL: process.env.QOD_BASE_URL ?? "http://127.0.0.1:8080/",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.QOD_CHROMIUM,
      args: webdriver["goog:chromeOptions"].args,
    },
  },
});
