import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const iron: MantineColorsTuple = [
  '#eef1fe',
  '#dde3fc',
  '#bcc7f9',
  '#97a8f6',
  '#7389f0',
  '#5470e6',
  '#3f5bdb',
  '#2f4bd0',
  '#263dae',
  '#1f328c',
]
const gray: MantineColorsTuple = [
  '#fafaf9',
  '#f4f4f2',
  '#ececea',
  '#e0e0dc',
  '#cccbc6',
  '#a8a7a1',
  '#6b6b66',
  '#52524e',
  '#363633',
  '#1d1d1b',
]
const dark: MantineColorsTuple = [
  '#e8e8e6',
  '#c4c4c1',
  '#a0a09c',
  '#6f706d',
  '#3a3b3d',
  '#2c2d2f',
  '#202123',
  '#17181a',
  '#121315',
  '#0c0d0e',
]

const controlStyles = { input: { fontSize: 'var(--mantine-font-size-sm)' } }

/** Colour is kept for meaning: one accent, and the tokens of tokens.css for late, warning, good and feeling. */
export const theme = createTheme({
  primaryColor: 'iron',
  primaryShade: { light: 7, dark: 6 },
  colors: { iron, gray, dark },
  white: '#ffffff',
  black: '#1d1d1b',
  fontFamily: "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { styles: controlStyles },
    Select: { defaultProps: { allowDeselect: false }, styles: controlStyles },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
    Popover: { defaultProps: { shadow: 'md', radius: 'md' } },
    Modal: { defaultProps: { radius: 'lg', centered: true, closeButtonProps: { 'aria-label': 'Close' } } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': 'var(--hs-surface)',
    '--mantine-color-text': '#1d1d1b',
    '--mantine-color-dimmed': 'var(--hs-dim)',
    '--mantine-color-placeholder': '#73736d',
    '--mantine-color-default-border': 'var(--hs-line-strong)',
    '--mantine-color-error': 'var(--hs-late)',
    '--mantine-color-anchor': 'var(--hs-accent)',
  },
  dark: {
    '--mantine-color-body': 'var(--hs-surface)',
    '--mantine-color-text': '#e8e8e6',
    '--mantine-color-dimmed': 'var(--hs-dim)',
    '--mantine-color-placeholder': '#8f8f8b',
    '--mantine-color-default': 'var(--hs-raised)',
    '--mantine-color-default-hover': '#26282a',
    '--mantine-color-default-border': 'var(--hs-line-strong)',
    '--mantine-color-error': 'var(--hs-late)',
    '--mantine-color-anchor': 'var(--hs-accent)',
  },
})
