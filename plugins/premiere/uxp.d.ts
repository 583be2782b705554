// What the panel uses of UXP beside the browser's own names (developer.adobe.com/premiere-pro/uxp).

declare module "uxp" {
  export const entrypoints: {
    setup(points: { panels: Record<string, { show(root: HTMLElement): void; destroy?(): void }> }): void;
  };
}

// A subset of Node's names. Paths without a scheme are those of the system.
declare module "fs" {
  export function readFile(path: string, options: { encoding: "utf-8" }): Promise<string>;
  export function writeFile(path: string, text: string, options: { encoding: "utf-8" }): Promise<number>;
  export function rename(from: string, to: string): Promise<number>;
  export function unlink(path: string): Promise<number>;
}

declare module "os" {
  export function platform(): string;
  export function homedir(): string;
}

declare module "premierepro" {
  const host: import("@adobe/premierepro").premierepro;
  export = host;
}
