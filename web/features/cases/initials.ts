export { initialsOf } from '../../ui/initials.ts'
