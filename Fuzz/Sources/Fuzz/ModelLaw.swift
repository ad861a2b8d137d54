import Latent

/// Any bytes are a model or one sentence; a model that was read can be written and read again, and is the same.
func checkModel(_ bytes: UnsafeBufferPointer<UInt8>, _ format: ModelFormat) {
  let file: ModelFile
  do { file = try format.parse(Array(bytes), file: "input") } catch {
    precondition(!error.message.isEmpty && !error.description.contains("\n"), "an error is one line")
    return
  }
  guard file.model.structure.parameterCount < 100_000 else { return }
  let text: ModelText
  do { text = try format.text(of: file.model, carrying: file.annotations, file: "output") } catch { return }
  let again: ModelFile
  do { again = try format.parse(Array(text.text.utf8), file: "output") } catch {
    preconditionFailure("what was written cannot be read: \(error)")
  }
  if text.companion == nil {
    precondition(again.model.parameters == file.model.parameters, "other tables came back")
    precondition(again.model.schema == file.model.schema, "other variables came back")
    precondition(again.model.structure == file.model.structure, "another structure came back")
  }
}
