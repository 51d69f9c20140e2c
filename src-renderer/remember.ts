// Remembers that something was put away. Where the browser keeps nothing, it is remembered until the page is closed.

const inMemory = new Set<string>();

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch (error) {
    console.info('This browser keeps nothing for the page; it will be remembered until the page is closed.', error);
    return null;
  }
}

export const isRemembered = (name: string): boolean => inMemory.has(name) || storage()?.getItem(name) === 'yes';

export function remember(name: string): void {
  inMemory.add(name);
  try {
    storage()?.setItem(name, 'yes');
  } catch (error) {
    console.info(`“${name}” could not be kept beyond this page.`, error);
  }
}
