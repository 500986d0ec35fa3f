// The map of the register on Leaflet: the streets' own lines, a small sign for each unit in the colours and forms of the street view.
const L = window.L;
const box = document.querySelector("[data-map]");
const FORMS = {
  l: '<path class="off" d="M1.5 1.5h15v11h-15zM1.5 12.5l15-11"/>',
  w: '<path class="awn" d="M1 8h16v5H1z"/><path class="flag" d="M4 1v12M4 1.5h11l-3 3.5 3 3.5H4"/>',
  n: '<path class="off" d="M1.5 2h15v6h-15z"/>',
  z: '<path class="awn" d="M1 1h16v3H1z"/><path class="shut" d="M2 7h14M2 10h14M2 13h14"/>',
  o: '<path class="awn" d="M1 2h16v5q-2 3-4 0q-2 3-4 0q-2 3-4 0q-2 3-4 0z"/>',
};

function card(facts) {
  const part = document.createElement("div");
  const link = document.createElement("a");
  const name = document.createElement("bdi");
  link.href = facts.url;
  name.textContent = facts.name;
  link.append(name);
  part.append(link, document.createElement("br"), `${facts.door}, ${facts.status}`);
  return part;
}

function sign(feature, at) {
  const facts = feature.properties;
  const html = `<svg class="sw-s ${facts.css}" viewBox="0 0 18 14" aria-hidden="true">${FORMS[facts.form]}</svg>`;
  const icon = L.divIcon({ className: "bz-pin", html, iconSize: [17, 15] });
  const title = `${facts.name}, ${facts.door}, ${facts.status}`;
  return L.marker(at, { icon, title, alt: title }).bindPopup(() => card(facts));
}

const map = L.map(box, { zoomControl: false, zoomSnap: 0.25, maxZoom: 19, attributionControl: Boolean(box.dataset.tiles) });
L.control.zoom({ zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out }).addTo(map);
if (box.dataset.tiles) {
  const attribution = document.createElement("span");
  attribution.textContent = box.dataset.attribution;
  L.tileLayer(box.dataset.tiles, { attribution: attribution.innerHTML, maxZoom: 19 }).addTo(map);
}
map.setView([51.34, 12.4], 13);
const answer = await fetch(box.dataset.points, { credentials: "same-origin" });
const drawn = L.geoJSON(await answer.json(), {
  pointToLayer: sign,
  style: () => ({ className: "bz-line", weight: 10, opacity: 0.5 }),
  onEachFeature: (feature, layer) => {
    if (feature.properties.what === "street") {
      const name = document.createElement("bdi");
      name.textContent = feature.properties.name;
      layer.bindTooltip(name);
    }
  },
}).addTo(map);
if (drawn.getLayers().length) {
  map.fitBounds(drawn.getBounds(), { padding: [12, 12] });
}
box.dataset.ready = "true";
