// What this browser keeps. It may refuse at any time: private windows, full disks, switched off.

/** @param {string} name @returns {string|null} */
export function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value @returns {boolean} whether it is kept */
export function write(name, value) {
  try {
    localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name */
export function erase(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // Where nothing can be erased, nothing was kept.
  }
}

/** @param {string} prefix @returns {string[]} */
export function names(prefix) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}
