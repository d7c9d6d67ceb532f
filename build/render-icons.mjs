/**
 * Draws build/icons/slipway.svg in every size the packages want, and joins them for Windows (.ico) and macOS (.icns):
 * `node build/render-icons.mjs`, after the drawing has changed. The results are committed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const place = name => fileURLToPath(new URL(`icons/${name}`, import.meta.url))
const drawing = readFileSync(place('slipway.svg'), 'utf8')

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage()
const images = new Map()
for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`,
  )
  images.set(size, await page.screenshot({ omitBackground: true }))
  if (size <= 512) writeFileSync(place(`${size}x${size}.png`), images.get(size))
}
await browser.close()

/** ICONDIR, one ICONDIRENTRY for each image, then the PNG files themselves; 256 is written as 0. */
const ico = sizes => {
  const header = Buffer.alloc(6 + 16 * sizes.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(sizes.length, 4)
  let offset = header.length
  sizes.forEach((size, index) => {
    const entry = 6 + 16 * index
    header.writeUInt8(size % 256, entry)
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(images.get(size).length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += images.get(size).length
  })
  return Buffer.concat([header, ...sizes.map(size => images.get(size))])
}

/** `icns`, the length of it all, then for each image its type, its length with these eight bytes, and the PNG file. */
const icns = types => {
  const chunk = (type, content) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(content.length + 8, 4)
    return Buffer.concat([head, content])
  }
  return chunk('icns', Buffer.concat(types.map(([type, size]) => chunk(type, images.get(size)))))
}

writeFileSync(place('slipway.ico'), ico([16, 24, 32, 48, 64, 128, 256]))
writeFileSync(
  place('slipway.icns'),
  icns([
    ['icp4', 16],
    ['icp5', 32],
    ['ic07', 128],
    ['ic08', 256],
    ['ic09', 512],
    ['ic10', 1024],
    ['ic11', 32],
    ['ic12', 64],
    ['ic13', 256],
    ['ic14', 512],
  ]),
)
