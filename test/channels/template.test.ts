import { template } from '../../channels/template/template.ts'
import { conformance } from '../../channels/conformance/kit.ts'
import { openTemplateBackend } from '../peers/template/backend.ts'

conformance('template', { plug: template, openBackend: openTemplateBackend })
