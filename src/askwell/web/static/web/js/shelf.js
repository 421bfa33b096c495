// Texts on their way to the server, kept in this browser: at once in local storage, and on the disk
// through IndexedDB, so that neither a page that is closed nor a browser that dies takes one with it.
const PREFIX = "askwell-notes-";
const ROOM = "notes";

const opened = new Promise((give) => {
  try {
    const asked = indexedDB.open("askwell", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(ROOM);
    asked.onsuccess = () => give(asked.result);
    asked.onerror = () => give(undefined);
  } catch {
    give(undefined); // none in this browser: local storage alone
  }
});

async function write(act) {
  const base = await opened;
  const change = base?.transaction(ROOM, "readwrite", { durability: "strict" });
  if (!change) return;
  act(change.objectStore(ROOM));
  change.commit?.();
}

export function put(key, entry) {
  const dated = { ...entry, at: Date.now() };
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(dated));
  } catch {
    // Full: the disk has room.
  }
  write((room) => room.put(dated, key));
}

export function drop(key) {
  localStorage.removeItem(PREFIX + key);
  return write((room) => room.delete(key));
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// Every entry whose key begins so, the newest first, as [key, entry].
export async function all(begin) {
  const found = new Map();
  const take = (key, entry) => {
    if (key.startsWith(begin) && entry && !(found.get(key)?.at >= entry.at)) found.set(key, entry);
  };
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) take(key.slice(PREFIX.length), read(localStorage.getItem(key)));
  }
  const room = (await opened)?.transaction(ROOM).objectStore(ROOM);
  const rows = room && (await new Promise((give) => {
    const pairs = [];
    const walk = room.openCursor();
    walk.onerror = () => give(pairs);
    walk.onsuccess = () => {
      const at = walk.result;
      if (!at) return give(pairs);
      pairs.push([at.key, at.value]);
      at.continue();
    };
  }));
  for (const [key, entry] of rows ?? []) take(key, entry);
  return [...found].sort(([, one], [, other]) => other.at - one.at);
}
