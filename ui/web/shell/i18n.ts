import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { TEXTS } from '../texts/index.ts';

export type Language = 'zh' | 'en';

const KEY = 'tributary.language';

/** The language kept on this device; Chinese at first. */
export const firstLanguage: Language = localStorage.getItem(KEY) === 'en' ? 'en' : 'zh';

/** Switches every text of the page and keeps the choice on this device. */
export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  await i18next.changeLanguage(language);
}

void i18next.use(initReactI18next).init({
  lng: firstLanguage,
  fallbackLng: 'zh',
  resources: TEXTS,
  interpolation: { escapeValue: false },
});
