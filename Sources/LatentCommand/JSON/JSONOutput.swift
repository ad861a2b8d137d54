internal import Latent

/// One JSON document, on standard output unless a file is named: keys in alphabetical order, numbers to the last bit.
func writeJSON(_ value: JSONValue, to path: String? = nil) throws {
  let output = try OutputFile(path ?? "-")
  var writer = JSONWriter(output)
  try writer.write(value)
  try writer.finish()
  try output.commit()
}
