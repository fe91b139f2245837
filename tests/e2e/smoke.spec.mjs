import { expect, test } from "@playwright/test";

test("the page opens without a complaint", async ({ page }) => {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "QoD Sandbox" })).toBeVisible();
  expect(complaints).toEqual([]);
});
