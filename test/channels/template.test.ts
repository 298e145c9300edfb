import { conformance } from '../../channels/conformance/kit.ts'
import { openTemplateBackend } from '../peers/template/backend.ts'

conformance('template', openTemplateBackend)
