// What the checker of types cannot know of the page.

// The template holds the elements that are looked for, as the tests in a real browser show; to
// say of each look-up which element it finds would add a cast to every second line.
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}

interface Document {
  getElementById(id: string): any;
}

// For tests and for pages that embed this one.
interface Window {
  filiera: {
    screenPos(id: string): { x: number; y: number } | null;
    select(id: string | null): boolean;
    state(): Record<string, unknown>;
  };
}
