import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

const OPTIONS: ReaderOptions = { formats: ['QRCode'], maxNumberOfSymbols: 1 };

prepareZXingModule({
  overrides: {
    // Our own copy: nothing is fetched from elsewhere.
    locateFile: (file: string, folder: string) => (file.endsWith('.wasm') ? wasm : folder + file),
  },
});

/** The text of a QR code in the picture, or null. */
export async function codeIn(picture: ImageData): Promise<string | null> {
  const [found] = await readBarcodes(picture, OPTIONS);
  return found?.isValid === true && found.text !== '' ? found.text : null;
}
