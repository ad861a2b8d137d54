internal import Latent

/// A text on standard output; an error when it cannot be written.
func writeText(_ text: String) throws {
  let output = try OutputFile("-")
  try output.write(text)
  try output.commit()
}
