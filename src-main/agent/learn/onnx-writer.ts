// A graph of operators enters, the bytes of an ONNX file leave. Field numbers are those of onnx.proto,
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto; only what our models need is written.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

export interface Tensor {
  readonly data: Float32Array | Uint8Array;
  readonly shape: readonly number[];
}

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'tensor'; readonly value: Tensor }
  | { readonly kind: 'floats'; readonly value: Iterable<number> }
  | { readonly kind: 'ints'; readonly value: Iterable<number> };

export interface OnnxNode {
  readonly op: string;
  /** The standard operators where left out. */
  readonly domain?: 'ai.onnx.ml';
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  /** Constants by name. */
  readonly constants: Readonly<Record<string, Tensor>>;
  /** One float input and one float output of any number of rows. */
  readonly input: { readonly name: string; readonly width: number };
  readonly output: { readonly name: string; readonly width: number };
}

/** Of 2024, with ONNX 1.16: the first that knows ai.onnx.ml 5. */
const IR_VERSION = 10;
const OPSETS = [
  { domain: '', version: 21 },
  { domain: 'ai.onnx.ml', version: 5 },
];
/** TensorProto.DataType */
const FLOAT = 1;
const UINT8 = 2;

export function writeOnnx(graph: OnnxGraph): Uint8Array {
  const w = new BinaryWriter();
  intField(w, 1, IR_VERSION);
  textField(w, 2, 'seclyzer');
  message(w, 7, () => writeGraph(w, graph));
  for (const { domain, version } of OPSETS) {
    message(w, 8, () => {
      textField(w, 1, domain);
      intField(w, 2, version);
    });
  }
  return w.finish();
}

function writeGraph(w: BinaryWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) message(w, 1, () => writeNode(w, node));
  textField(w, 2, graph.name);
  for (const [name, tensor] of Object.entries(graph.constants)) {
    message(w, 5, () => {
      writeTensor(w, tensor);
      textField(w, 8, name);
    });
  }
  message(w, 11, () => writeFloatMatrix(w, graph.input));
  message(w, 12, () => writeFloatMatrix(w, graph.output));
}

function writeNode(w: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) textField(w, 1, input);
  for (const output of node.outputs) textField(w, 2, output);
  textField(w, 4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message(w, 5, () => {
      textField(w, 1, name);
      writeAttribute(w, attribute);
    });
  }
  if (node.domain !== undefined) textField(w, 7, node.domain);
}

/** Each kind has a field for its value and, in field 20, a number that names the kind. */
function writeAttribute(w: BinaryWriter, attribute: Attribute): void {
  switch (attribute.kind) {
    case 'int':
      intField(w, 3, attribute.value);
      return intField(w, 20, 2);
    case 'string':
      textField(w, 4, attribute.value);
      return intField(w, 20, 3);
    case 'tensor':
      message(w, 5, () => writeTensor(w, attribute.value));
      return intField(w, 20, 4);
    case 'floats':
      message(w, 7, () => {
        for (const value of attribute.value) w.float(value);
      });
      return intField(w, 20, 6);
    case 'ints':
      message(w, 8, () => {
        for (const value of attribute.value) w.int32(value);
      });
      return intField(w, 20, 7);
  }
}

function writeTensor(w: BinaryWriter, { data, shape }: Tensor): void {
  for (const size of shape) intField(w, 1, size);
  intField(w, 2, data instanceof Float32Array ? FLOAT : UINT8);
  // Raw data is little-endian, which is how every platform that we run on keeps numbers.
  w.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/** ValueInfoProto: `name` is a float tensor of `rows` × width. */
function writeFloatMatrix(w: BinaryWriter, { name, width }: { readonly name: string; readonly width: number }): void {
  textField(w, 1, name);
  const shape = () => {
    message(w, 1, () => textField(w, 2, 'rows'));
    message(w, 1, () => intField(w, 1, width));
  };
  const tensorType = () => {
    intField(w, 1, FLOAT);
    message(w, 2, shape);
  };
  message(w, 2, () => message(w, 1, tensorType));
}

/** Embedded messages and packed lists look alike: a length, then the content. */
function message(w: BinaryWriter, field: number, content: () => void): void {
  w.tag(field, WireType.LengthDelimited).fork();
  content();
  w.join();
}

function textField(w: BinaryWriter, field: number, value: string): void {
  w.tag(field, WireType.LengthDelimited).string(value);
}

/** An int32 looks like the int64 that onnx.proto asks for. */
function intField(w: BinaryWriter, field: number, value: number): void {
  w.tag(field, WireType.Varint).int32(value);
}
