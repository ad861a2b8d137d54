internal import LatentModels
enum NativeYAML: ModelSyntax { static let endings = ["yaml","yml"]
 static func parse(_ source: SourceText) throws(FileError) -> ParsedModel { throw FileError(.invalid, file: "", "") }
 static func text(of model: ModelDescription, file: String) throws(FileError) -> ModelText { ModelText(text: "", notes: []) } }
enum NativeJSON: ModelSyntax { static let endings = ["json"]
 static func parse(_ source: SourceText) throws(FileError) -> ParsedModel { throw FileError(.invalid, file: "", "") }
 static func text(of model: ModelDescription, file: String) throws(FileError) -> ModelText { ModelText(text: "", notes: []) } }
