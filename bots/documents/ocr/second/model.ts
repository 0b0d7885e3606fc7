import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import protobuf from 'protobufjs/minimal.js';
import { type Class, classesOf } from './decode.ts';
import { SECOND_READER_FILES } from './files.ts';

/** The part of ONNX Runtime's interface that is used here. */
type Tensor = { data: Float32Array; dims: readonly number[] };
type Session = {
  inputNames: readonly string[];
  outputNames: readonly string[];
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
};
type Runtime = {
  InferenceSession: { create(model: Uint8Array, options: object): Promise<Session> };
  Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor;
};

/** A model with one input and one output. */
export type Model = (data: Float32Array, dims: readonly number[]) => Promise<Tensor>;
export type Models = { detect: Model; recognise: Model; classes: readonly Class[] };

/** Loads runtime and models from their folder, for so many threads. */
export async function loadModels(folder: string, threads: number): Promise<Models> {
  const require = createRequire(join(folder, 'package.json'));
  const runtime = require('onnxruntime-node') as Runtime;
  const options = {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Its arena keeps the memory of the largest page for good: a third more than is needed, for nothing measurable.
    enableCpuMemArena: false,
  };
  const load = async (bytes: Uint8Array): Promise<Model> => {
    const session = await runtime.InferenceSession.create(bytes, options);
    const [input, output] = [session.inputNames[0] ?? '', session.outputNames[0] ?? ''];
    return async (data, dims) => {
      const found = await session.run({ [input]: new runtime.Tensor('float32', data, dims) });
      const answer = found[output];
      if (!answer) throw new Error(`the model has no output "${output}"`);
      return answer;
    };
  };
  const detector = await readFile(join(folder, SECOND_READER_FILES.detector));
  const recogniser = await readFile(join(folder, SECOND_READER_FILES.recogniser));
  const classes = classesOf(alphabetOf(recogniser));
  return { detect: await load(detector), recognise: await load(recogniser), classes };
}

/** Fields of ModelProto and StringStringEntryProto (onnx.proto3). */
const METADATA = 14;
const ENTRY = { key: 1, value: 2 } as const;

/** The signs that a model reads, in the order of its classes: it carries them in its metadata; the blank comes last. */
export function alphabetOf(model: Uint8Array): string[] {
  const reader = protobuf.Reader.create(model);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 !== METADATA) reader.skipType(tag & 7);
    else {
      const { key, value } = entryOf(reader);
      if (key === 'character') return [...value.split('\n'), ' '];
    }
  }
  throw new Error('the model names no alphabet');
}

function entryOf(reader: protobuf.Reader): { key: string; value: string } {
  const end = reader.uint32() + reader.pos;
  const entry = { key: '', value: '' };
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag >>> 3 === ENTRY.key) entry.key = reader.string();
    else if (tag >>> 3 === ENTRY.value) entry.value = reader.string();
    else reader.skipType(tag & 7);
  }
  return entry;
}
