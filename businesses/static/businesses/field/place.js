// The position of the phone at the door, where the person allows it: asked for when a door is opened, kept in memory for a short while, never a way.

const AGE = 120_000;
const PATIENCE = 10_000;
let last = null;

/** Ask the browser once; resolves to whether it gave a position. */
export function locate() {
  if (!navigator.geolocation) return Promise.resolve(false);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        last = { coords, timestamp };
        resolve(true);
      },
      () => resolve(false),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 30_000 },
    );
  });
}

/** Leave the last door: its position is not that of the next one. */
export function forget() {
  last = null;
}

/** The position of this door, or null while there is none. */
export function position() {
  if (!last || Date.now() - last.timestamp > AGE) return null;
  const { latitude, longitude, accuracy } = last.coords;
  return { lat: Number(latitude.toFixed(6)), lon: Number(longitude.toFixed(6)), accuracy: Math.round(accuracy) };
}
